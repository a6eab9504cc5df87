// Lets a program's steady clock (performance.now) run ten times slower, so that on a busy machine it does not give up
// what a test holds.
const now = performance.now.bind(performance);
performance.now = () => now() / 10;
