import { openCollection } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import { bytesBody, type Call, image, nothing, type Operation, operation } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { SYSTEM } from '../kernel/session.ts';
import { iconOf, photoFrom } from '../pictures/photo.ts';
import { CARDS, openBook } from './cards.ts';
import { photoOf, setPhoto } from './write-card.ts';

const service = 'IAddressBook';
const path = '/addressbooks/{containerUid}/{uid}';

/** Photos of cards. Reading asks for no right; writing gives no new version. Rules [AB31] to [AB34]. */
export function photoOperations(): Operation[] {
  const stored = (call: Call<unknown>) => {
    const book = openCollection(CARDS, { kernel: call.kernel, session: SYSTEM }, param(call, 'containerUid'), 'Read');
    return photoOf(book, param(call, 'uid'));
  };
  const write = (call: Call<unknown>, photo: Uint8Array) =>
    setPhoto(openBook(call, param(call, 'containerUid'), 'Write'), param(call, 'uid'), photo);
  return [
    operation({
      service,
      name: 'getPhoto',
      method: 'GET',
      path: `${path}/photo`,
      result: image,
      run: stored,
    }),
    operation({
      service,
      name: 'getIcon',
      method: 'GET',
      path: `${path}/icon`,
      result: image,
      run: (call) => {
        const photo = stored(call);
        return photo === undefined ? null : iconOf(photo);
      },
    }),
    operation({
      service,
      name: 'setPhoto',
      method: 'POST',
      path: `${path}/photo`,
      body: bytesBody,
      result: nothing,
      run: (call) => {
        openBook(call, param(call, 'containerUid'), 'Write');
        if (call.body === null) throw fault('INVALID_PARAMETER', 'The photo is missing.');
        write(call, photoFrom(call.body));
      },
    }),
    operation({
      service,
      name: 'deletePhoto',
      method: 'DELETE',
      path: `${path}/photo`,
      result: nothing,
      run: (call) => write(call, new Uint8Array()),
    }),
  ];
}
