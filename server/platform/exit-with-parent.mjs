// Loaded into children of `npm start`: when it is killed, the channel to it closes and the child stops by itself.
process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 5_000).unref();
});
