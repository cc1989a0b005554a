/**
 * Outlook as the host of an add-in: connection, ribbon XML, callbacks and their cached values, slow starts, shutdown.
 * @source outlook-objects.md section 12
 */
import type { Clock } from '../../base/clock.ts';
import { readCustomUi } from './custom-ui.ts';
import type { DispatchObject } from './dispatch.ts';

/** What an add-in brings: the methods of IDTExtensibility2 and IRibbonExtensibility that matter, and its callbacks by name. */
export type AddIn = {
  readonly progId: string;
  onConnection(application: DispatchObject): void | Promise<void>;
  onDisconnection?(): void;
  /** The ribbon XML of an id, '' for ids the add-in does not know. */
  getCustomUi(ribbonId: string): string;
  readonly callbacks: Readonly<Record<string, (controlId: string) => unknown>>;
};

export type AddInHost = {
  /** Starts the add-in. @returns whether it took longer than Outlook likes */
  connect(): Promise<{ readonly slow: boolean; readonly disabled: boolean }>;
  /** The attribute of a control as the ribbon shows it now: asked once, then kept until invalidated; undefined = not shown. */
  ribbonValue(ribbonId: string, controlId: string, attribute: string): unknown;
  /** IRibbonUI.Invalidate */
  invalidate(): void;
  /** IRibbonUI.InvalidateControl */
  invalidateControl(controlId: string): void;
  /** Outlook ends, quickly: OnDisconnection is left out unless the add-in asked for it in the registry. */
  quit(): void;
};

export type AddInSettings = {
  readonly clock: Clock;
  readonly application: DispatchObject;
  /** RequireShutdownNotification = 1 in the add-in's key. */
  readonly requireShutdownNotification?: boolean;
  /** DoNotDisableAddinList or the policy AddinList names it. */
  readonly exempt?: boolean;
};

/** @units milliseconds a connection may take */
const PATIENCE = 1000;
/** Slow starts before Outlook disables an add-in. */
const SLOW_STARTS = 3;

/** Hosts one add-in. */
export function hostAddIn(addIn: AddIn, settings: AddInSettings): AddInHost {
  const ribbons = new Map<string, ReturnType<typeof readCustomUi>>();
  const values = new Map<string, unknown>();
  let slowStarts = 0;
  const disabled = () => slowStarts >= SLOW_STARTS && settings.exempt !== true;

  /** Asked once for each id, whatever it answered. */
  const ribbon = (id: string) => {
    if (!ribbons.has(id)) ribbons.set(id, readCustomUi(addIn.getCustomUi(id)));
    return ribbons.get(id);
  };
  return {
    connect: async () => {
      if (disabled()) return { slow: false, disabled: true };
      ribbon('Microsoft.Outlook.Explorer');
      const start = settings.clock.now();
      await addIn.onConnection(settings.application);
      const slow = settings.clock.now() - start > PATIENCE;
      if (slow) slowStarts++;
      return { slow, disabled: disabled() };
    },
    ribbonValue: (ribbonId, controlId, attribute) => {
      const control = ribbon(ribbonId)?.get(controlId);
      // One bad ribbon hides all of the add-in's controls.
      if (control === undefined || [...ribbons.values()].includes(undefined)) return undefined;
      const callback = control[`get${attribute[0]?.toUpperCase()}${attribute.slice(1)}`];
      if (callback === undefined) return control[attribute];
      const key = `${controlId}\u0000${attribute}`;
      if (!values.has(key)) values.set(key, addIn.callbacks[callback]?.(controlId));
      return values.get(key);
    },
    invalidate: () => values.clear(),
    invalidateControl: (controlId) => {
      for (const key of values.keys()) if (key.startsWith(`${controlId}\u0000`)) values.delete(key);
    },
    quit: () => {
      if (settings.requireShutdownNotification === true) addIn.onDisconnection?.();
      settings.application.invoke('call', 'Quit', []);
    },
  };
}
