/** The add-ins that Outlook knows, loaded or not. @source Office's type library: COMAddIns, COMAddIn */
import { pick } from './collection.ts';
import type { DispatchObject, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';

type State = { readonly session: Session };

const OURS = { progId: 'BlueMind.Connector', description: 'BlueMind' };

export function comAddInsObject(session: Session): DispatchObject {
  return session.make(COM_ADD_INS, { session });
}

function known({ session }: State): readonly (typeof OURS)[] {
  return session.switches.addIn === 'absent' ? [] : [OURS];
}

const COM_ADD_INS: ObjectClass<State> = {
  name: 'COMAddIns',
  members: {
    Application: { get: ({ session }) => session.objects.application },
    Count: { get: (state) => known(state).length },
    Item: {
      call: (state, [key]) => {
        const found = pick(known(state), key, ({ progId }, name) => progId.toLowerCase() === name.toLowerCase());
        return found === undefined ? fail('BAD_INDEX', '', 'INDEX') : state.session.make(COM_ADD_IN, state);
      },
    },
  },
};

const COM_ADD_IN: ObjectClass<State> = {
  name: 'COMAddIn',
  members: {
    Application: { get: ({ session }) => session.objects.application },
    ProgId: { get: () => OURS.progId },
    Description: { get: () => OURS.description },
    Connect: { get: ({ session }) => session.switches.addIn === 'loaded' },
  },
};
