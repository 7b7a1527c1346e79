import { alertWays, type AlertWay, severities } from '../../contract/monitoring.ts'
import { t } from '../platform/i18n.ts'
import { severityWord } from '../ui/AlertMark.tsx'

export const severityOptions = () => severities.map((value) => ({ value, label: severityWord(value) }))
export const wayWord = (way: AlertWay): string => t(`alertSources.way.${way}`)
export const wayOptions = () => alertWays.map((value) => ({ value, label: wayWord(value) }))
