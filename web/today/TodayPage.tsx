import { today } from '../../contract/today.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { changesSeen, useChanged } from '../platform/live.ts'
import { useNow } from '../platform/now.ts'
import { useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { ChangedChip } from '../ui/ChangedChip.tsx'
import { Page } from '../ui/Page.tsx'
import classes from './TodayPage.module.css'

import { Desk } from './Desk.tsx'
import { LiveIncidents } from './LiveIncidents.tsx'
import { UnsentDrafts } from './UnsentDrafts.tsx'
import { DayInWords, Scope } from './TodayHead.tsx'
/** The coordinator's desk: the promise of the day, then every line with its one verb. */
export default function TodayPage() {
  const [address, change] = useAddress()
  const me = useMe()
  const asked = useAsk(
    today.show,
    {
      limit: 50,
      ...(address['team'] === undefined ? {} : { team: address['team'] }),
      ...(address['person'] === undefined ? {} : { person: address['person'] }),
    },
    { keep: true },
  )
  const now = useNow()
  const changed = useChanged()
  return (
    <Page
      title={t('today.title')}
      shape="fill"
      figure={asked.data === undefined ? undefined : <DayInWords answer={asked.data} now={now} />}
      actions={
        <>
          <ChangedChip
            here={0}
            elsewhere={changed.size}
            onShow={() => {
              changesSeen()
              void asked.refetch()
            }}
          />
          <Scope team={address['team']} person={address['person']} onChange={change} mine={me?.person?.id} />
        </>
      }
    >
      <div className={classes['day']}>
        <LiveIncidents />
        <UnsentDrafts />
        <div className={classes['desk']}>
          <Asked question={asked}>{(answer) => <Desk answer={answer} changed={changed} />}</Asked>
        </div>
      </div>
    </Page>
  )
}
