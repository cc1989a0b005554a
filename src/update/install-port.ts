/** What differs between systems: putting a version in place of another, and starting and ending the program. */

/** How a program that was started ended. `already`: another one of it runs, which is as good. */
export type Ended = 'ended' | 'already';

export type InstallPort = {
  /** Copies the version that is installed aside, so that it can return. May be done again at any time before {@link install}. */
  keep(): Promise<void>;
  /**
   * Begins the guard, from the copy, in a process that outlives this one; and at every logon, before or beside the program, until
   * {@link dismissGuard}: a power loss must not leave an update unwatched.
   */
  callGuard(): Promise<void>;
  dismissGuard(): Promise<void>;
  /**
   * Puts the version in `file` in place of the installed one. May be done again after it was cut off.
   * @throws UPDATE_FAILED
   */
  install(file: string): Promise<void>;
  /**
   * The copy takes the place of what is installed, and is what the system says is installed. May be done again after it was cut off.
   * @param version of the copy
   */
  giveBack(version: string): Promise<void>;
  /** Starts the program; resolves with a promise of its end. */
  start(): Promise<{ readonly ended: Promise<Ended> }>;
  /** Ends the program if it runs. */
  stop(): Promise<void>;
};
