/** Two rising tones, three times: made here, so that no file has to be there for it. Browsers stay silent until somebody has touched the page. */
export function createAlarm() {
  let context: AudioContext | null = null

  return {
    /** @returns whether it could be heard */
    async ring(): Promise<boolean> {
      context ??= new AudioContext()
      if (context.state === 'suspended') {
        await Promise.race([
          context.resume(),
          new Promise(resolve => setTimeout(resolve, 200)),
        ])
      }
      if (context.state !== 'running')
        return false
      for (let time = 0; time < 3; time++) {
        tone(context, 880, time * 0.6)
        tone(context, 1175, time * 0.6 + 0.2)
      }
      return true
    },
    stop: () => void context?.close(),
  }
}

/** `hertz` for 0.18 s, `inSeconds` from now. */
function tone(context: AudioContext, hertz: number, inSeconds: number): void {
  const [begin, end] = [context.currentTime + inSeconds, context.currentTime + inSeconds + 0.18]
  const oscillator = context.createOscillator()
  const volume = context.createGain()
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(0.0001, begin)
  volume.gain.exponentialRampToValueAtTime(0.25, begin + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, end)
  oscillator.connect(volume).connect(context.destination)
  oscillator.start(begin)
  oscillator.stop(end)
}
