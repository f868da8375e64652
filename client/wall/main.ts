import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import { loadRules } from '../state/rules.ts'
import { enterWall } from './enter-wall.ts'
import { region } from './options.ts'
import { replayFrom, startReplay } from './replay/use-replay.ts'
import WallPage from './WallPage.vue'

void enterWall(() => {
  void loadRules()
  const from = replayFrom(location.search, Date.now())
  if (from === null)
    startLive({ region })
  else
    startReplay(from)
}).then(() => startPage(WallPage, 'wall.title'))
