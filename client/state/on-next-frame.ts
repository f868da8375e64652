/**
 * Calls back at the next animation frame, or after 250 ms where there are none: a hidden tab draws no frames, but must not
 * pile up changes either.
 */
export function onNextFrame(run: () => void): void {
  let done = false
  const once = () => {
    if (done)
      return
    done = true
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, 250)
}
