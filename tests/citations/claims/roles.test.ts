import { expect, test } from 'vitest';

import { compareRoles } from '../../../citations/claims/roles.ts';
import { readStatement } from '../../../citations/statement.ts';

test.each([
  ['SpaceX was founded by Elon Musk.', 'Elon Musk founded SpaceX.', 'same'],
  ['Microsoft bought Activision.', 'Activision was bought by Microsoft.', 'same'],
  ['Microsoft bought Activision.', 'Activision bought Microsoft.', 'swapped'],
  ['Activision was bought by Microsoft.', 'Activision bought Microsoft.', 'swapped'],
  ['Россию победила Швеция.', 'Швеция победила Россию.', 'same'],
  ['Россия победила Швецию.', 'Россию победила Швеция.', 'swapped'],
  ['Толстой поддержал Чехова.', 'Чехов поддержал Толстого.', 'swapped'],
  ['Спартак обыграл Динамо.', 'Динамо обыграл Спартак.', 'unknown'],
  ['Arsenal and Chelsea met.', 'Chelsea and Arsenal met.', 'unknown'],
  [
    'Норманны проникли в Грецию, а затем вошли в Италию.',
    'Норманны проникли в Италию, а затем вошли в Грецию.',
    'unknown',
  ],
  ['Nothing of the kind.', 'Arsenal beat Chelsea.', 'unknown'],
])('%s beside %s: %s', (claim, found, roles) => {
  expect(compareRoles(readStatement(claim), readStatement(found))).toBe(roles);
});
