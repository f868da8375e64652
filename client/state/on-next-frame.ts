/**
 * Calls back at the next animation frame, or after 250 ms where there are none: a hidden tab draws no frames, but must not
 * pile up changes either.
 */
export function onNextFrame(run: () => void): void {
  let done = false
  function once() {
    if (done)
      return
    done = true
    run()
  }
  requestAnimationFrame(once)
  setTimeout(once, 250)
}
