import { onScopeDispose, ref, shallowRef } from 'vue'

/** A note that somebody speaks instead of typing it. */
export interface Voice { blob: Blob, seconds: number }

const longestSeconds = 60

/** Records one voice note of a minute at most; null state where the browser cannot (plain HTTP from another machine). */
export function useVoice() {
  const can = typeof MediaRecorder === 'function' && navigator.mediaDevices !== undefined
  const note = shallowRef<Voice | null>(null)
  const recording = ref(false)
  const seconds = ref(0)
  const refused = ref(false)
  let recorder: MediaRecorder | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  async function begin() {
    refused.value = false
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null)
    if (!stream) {
      refused.value = true
      return
    }
    const parts: Blob[] = []
    const mine = recorder = new MediaRecorder(stream, { audioBitsPerSecond: 24_000 })
    mine.ondataavailable = ({ data }) => parts.push(data)
    mine.onstop = () => {
      clearInterval(timer)
      stream.getTracks().forEach(track => track.stop())
      recording.value = false
      note.value = {
        blob: new Blob(parts, { type: mine.mimeType.split(';')[0]! }),
        seconds: Math.max(1, seconds.value),
      }
    }
    seconds.value = 0
    recording.value = true
    mine.start()
    timer = setInterval(() => {
      if (++seconds.value >= longestSeconds)
        end()
    }, 1000)
  }
  function end() {
    if (recorder?.state === 'recording')
      recorder.stop()
  }
  onScopeDispose(end)

  return {
    can,
    note,
    recording,
    seconds,
    refused,
    begin,
    end,
    drop: () => note.value = null,
  }
}
