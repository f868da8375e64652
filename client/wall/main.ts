import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import { region } from './options.ts'
import Wall from './Wall.vue'

startLive({ region })
startPage(Wall, 'wall.title')
