/** An expected reason why the program cannot go on: shown as one line, without a stack, exit code 1. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}
