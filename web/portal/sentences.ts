import kit from '../../contract/messages/en/web-kit.json' with { type: 'json' }
import portal from '../../contract/messages/en/web-portal.json' with { type: 'json' }
import shared from '../../contract/messages/en/web-shared.json' with { type: 'json' }
import { addSentences } from '../platform/i18n.ts'

/** The sentences of the portal, and none of the tools of IT. */
addSentences({ ...kit, ...shared, ...portal })
