// Runs beside acceptors.ts: sends the listening socket that it receives back to its parent, as many times as the argument
// says. A socket that is sent in a message arrives as a new descriptor of the same socket, which is how a process gets
// another descriptor. The process ends when its parent closes the channel, or dies.
const copies = Number(process.argv[2]);

process.on('message', (_message, socket) => {
  for (let at = 0; at < copies; at += 1) process.send('copy', socket);
});
