// Beside acceptors.ts: sends the listening socket that it is given back so many times. What comes by such a message is a
// descriptor of its own for the same socket, which is how a process gets another one. It ends when its parent closes the
// channel, or dies.
const copies = Number(process.argv[2]);

process.on('message', (_message, socket) => {
  for (let at = 0; at < copies; at += 1) process.send('copy', socket);
});
