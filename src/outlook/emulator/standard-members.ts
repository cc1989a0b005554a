import type { DispatchObject, Member } from './dispatch.ts';
import type { Session } from './session.ts';

type StandardMembers<S> = Readonly<Record<'Application' | 'Class' | 'Parent' | 'Session', Member<S>>>;

/** Members that every object has: Application, Class, Parent and Session. */
export function standardMembers<S extends { readonly session: Session }>(
  olClass: number,
  parent: (self: S) => DispatchObject,
): StandardMembers<S> {
  return {
    Application: { get: (self) => self.session.objects.application },
    Class: { get: () => olClass },
    Parent: { get: parent },
    Session: { get: (self) => self.session.objects.namespace },
  };
}
