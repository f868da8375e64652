import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import { loadRules } from '../state/rules.ts'
import { enterWall } from './enter-wall.ts'
import { region } from './options.ts'
import WallPage from './WallPage.vue'

void enterWall(() => {
  void loadRules()
  startLive({ region })
}).then(() => startPage(WallPage, 'wall.title'))
