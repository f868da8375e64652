import { enterDesk } from '../desk/enter-desk.ts'
import { startLive } from '../live.ts'
import Admin from './Admin.vue'
import './admin.css'

void enterDesk('admin', Admin, 'admin.title', () => startLive({
  layers: ['regions'],
}))
