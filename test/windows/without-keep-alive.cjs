// Wine 8 does not know the option by which sockets are kept alive, and refuses the connection with it. Loaded by NODE_OPTIONS.
require('node:net').Socket.prototype.setKeepAlive = function setKeepAlive() {
  return this;
};
