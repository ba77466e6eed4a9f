// Loaded into children of `npm start` and `npm test`: when the parent is killed, the channel to it closes and the child stops by itself.
process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 5_000).unref();
});
// Listening keeps the channel, and with it the process, open; a program that is done ends all the same.
process.channel?.unref();
// Not for the processes that this one forks: their channel is for their own messages, and unref would end them before the first.
const at = process.execArgv.findIndex((argument) => argument.endsWith("exit-with-parent.mjs"));
if (at > 0) process.execArgv.splice(at - 1, 2);
