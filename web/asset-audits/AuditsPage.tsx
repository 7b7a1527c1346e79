import { useState } from 'react'
import { type Audit, assetAudits } from '../../contract/asset-audits.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import type { Column } from '../ui/columns.ts'
import { later } from '../ui/later.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { AuditsTabs } from './tabs.tsx'
import { scopeWords, shareOf, stateWords } from './words.tsx'

const AuditForm = later(async () => (await import('./AuditForm.tsx')).AuditForm)

const columns = (): Column<Audit>[] => [
  {
    id: 'name',
    title: t('audits.name'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <b style={{ fontWeight: 500 }}>{row.name}</b> <span className="soft">{row.reference}</span>
      </>
    ),
  },
  { id: 'scope', title: t('audits.scope'), width: 220, render: scopeWords },
  { id: 'state', title: t('audits.state'), width: 190, weight: 2, render: stateWords },
  { id: 'owner', title: t('audits.owner'), width: 150, render: (row) => row.owner.name },
  { id: 'planned', title: t('audits.planned'), width: 120, weight: 0, render: (row) => plainDay(row.plannedOn) },
  { id: 'due', title: t('audits.due'), width: 120, weight: 2, render: (row) => plainDay(row.dueOn) },
  {
    id: 'result',
    title: t('audits.result'),
    width: 120,
    render: (row) => shareOf(row) ?? (row.hidden ? <span className="soft">{t('audits.hidden')}</span> : null),
  },
]

/** Audits of the register: what is open, what is over. */
export default function AuditsPage() {
  const [address] = useAddress()
  const isOver = address['view'] === 'over'
  const list = useAskPages(assetAudits.list, {
    open: !isOver,
    limit: 100,
    ...(address['q'] === undefined ? {} : { q: address['q'] }),
  })
  const [planning, plan] = useState(false)
  const button = (
    <ActionButton action={assetAudits.plan} onClick={() => plan(true)}>
      {t('audits.plan')}
    </ActionButton>
  )
  return (
    <>
      <ListPage
        title={t('audits.title')}
        tabs={<AuditsTabs current={isOver ? 'over' : 'open'} />}
        actions={button}
        searchable
        list={list}
        columns={columns()}
        addressOf={(row) => paths.audit(row.id)}
        empty={{ title: t('audits.empty'), help: t('audits.emptyHelp'), action: button }}
      />
      {planning && <AuditForm audit={null} onClose={() => plan(false)} />}
    </>
  )
}
