/** `npm run build`: bundles the functions of every environment and prints how large they are. */
import { bundleAll, sizeTable } from './bundle.ts';

console.log(sizeTable(await bundleAll()));
