// What holds for the whole process, and so must be set before anything else runs. CommonJS, as imports would come first.
const { setFlagsFromString } = require('node:v8');

// Node reads the pool's size once, at its first use. Each statement that runs takes a thread of the pool, and with the
// default of four they would wait for each other, and every call for them, as counts are brought to the disk by the same
// threads. There may be 82 statements (64 sessions for reads, 16 for writes, and two more); the rest is for files.
process.env.UV_THREADPOOL_SIZE ??= '96';

// A reply of 8 MB counts towards the heap's limit, which is little above the some 20 MB that live: so every large report
// brought on a full collection, 20 to 30 ms of one core. Now the heap may grow to four times what lives.
setFlagsFromString('--heap-growing-percent=300');
