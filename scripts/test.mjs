// Runs the test suite and ends with a plain line, `N passed, N failed, N skipped`.
import { closeWith, runSuite } from './run-suite.mjs';

closeWith(runSuite(process.argv.slice(2)));
