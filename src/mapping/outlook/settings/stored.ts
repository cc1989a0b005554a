import type { CalendarOptions, OPTION } from '../../../outlook/model/calendar-options.ts';
import { numberIn, withNumber } from '../../../outlook/model/roaming-dictionary.ts';

type Option = (typeof OPTION)[keyof typeof OPTION];

/** Whether a policy says it: then it holds, and is not ours to change. */
export function isFixed({ policy }: CalendarOptions, ...options: readonly Option[]): boolean {
  return options.some((option) => policy[option.registry] !== undefined);
}

/** A number as Outlook believes it: policy, roaming dictionary, registry. */
export function numberOf({ policy, dictionary, registry }: CalendarOptions, option: Option): number | undefined {
  const roaming =
    option.roaming === undefined || dictionary === undefined ? undefined : numberIn(dictionary, option.roaming);
  return policy[option.registry] ?? roaming ?? registry[option.registry];
}

/** Writes a number where Outlook looks for it: in the registry, and in the dictionary where there is one. */
export function withNumberOf(options: CalendarOptions, option: Option, value: number): CalendarOptions {
  const { dictionary, registry } = options;
  const roams = dictionary !== undefined && option.roaming !== undefined;
  return {
    ...options,
    registry: { ...registry, [option.registry]: value },
    ...(roams && { dictionary: withNumber(dictionary, option.roaming, value) }),
  };
}
