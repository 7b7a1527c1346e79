import { english } from './catalogue.ts'
import { addSentences } from './i18n.ts'

addSentences(english)
