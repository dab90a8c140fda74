// A process that takes the lock of the folder that a message names, answers whether it has it, and
// keeps it until the message 'release'. Its argument is the address of the module of locks.
const [address] = process.argv.slice(2)
const { lock } = await import(address)
let release
process.on('message', (folder) => {
  if (folder === 'release') {
    release?.()
    release = undefined
    process.send('free')
    return
  }
  try {
    release = lock(folder, folder)
    process.send('taken')
  } catch (error) {
    process.send(error.code)
  }
})
process.send('ready')
