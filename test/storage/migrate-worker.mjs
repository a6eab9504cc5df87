// Opens and migrates the database that is named, with the compiled program.
import { openStore } from '../../dist/src/storage/open.js';

await (await openStore(process.argv[2])).close();
