import { startPage } from '../start-page.ts'
import Choose from './Choose.vue'

startPage(Choose, 'choose.title')
