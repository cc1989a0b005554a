import type { OpenTray, TrayEvent, TrayLook, TrayNotice } from '../tray.ts';

export type FakeTray = {
  readonly open: OpenTray;
  readonly looks: TrayLook[];
  readonly notices: TrayNotice[];
  /** The user does something. */
  press(event: TrayEvent): void;
  isThere(): boolean;
};

/** An icon that remembers what it was told. */
export function fakeTray(): FakeTray {
  const [looks, notices]: [TrayLook[], TrayNotice[]] = [[], []];
  let hearer: ((event: TrayEvent) => void) | undefined;
  return {
    ...{ looks, notices },
    open: async (hear) => {
      hearer = hear;
      return {
        show: (look) => looks.push(look),
        tell: (notice) => notices.push(notice),
        close: async () => {
          hearer = undefined;
        },
      };
    },
    press: (event) => hearer?.(event),
    isThere: () => hearer !== undefined,
  };
}
