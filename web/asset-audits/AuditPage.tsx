import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Audit, assetAudits, buckets } from '../../contract/asset-audits.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton, refusalNamed } from '../ui/ActionButton.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'
import { AuditAbout } from './AuditAbout.tsx'
import { AuditRows } from './AuditRows.tsx'
import { AuditScans } from './AuditScans.tsx'
import { AuditSteps, type Step } from './AuditSteps.tsx'
import { auditsCrumb } from './tabs.tsx'
import { stateWords, tabCount } from './words.tsx'

const AuditForm = later(async () => (await import('./AuditForm.tsx')).AuditForm)

const views = ['open', ...buckets, 'scans', 'about'] as const
export type View = (typeof views)[number]

export default function AuditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(assetAudits.show, { id })
  if (asked.data !== undefined) return <AuditView audit={asked.data} />
  return (
    <Page title={t('audit.title')} crumbs={[auditsCrumb()]}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

/** What comes first: of an audit in review what is to be settled, of one being scanned what was found. */
const firstView = (audit: Audit): View =>
  audit.state === 'planned' ? 'about' : audit.hidden ? 'scans' : audit.state === 'review' ? 'open' : 'found'

function AuditView({ audit }: { audit: Audit }) {
  const [address] = useAddress()
  const view = views.find((one) => one === address['view']) ?? firstView(audit)
  const [editing, edit] = useState(false)
  const [step, take] = useState<Step | null>(null)
  const mayScan = useMay('assets.work')
  const { counts } = audit
  const countOf = (id: View) =>
    id === 'scans'
      ? tabCount(audit.scans)
      : id === 'open'
        ? tabCount(counts.unsettled)
        : id === 'about'
          ? {}
          : tabCount(counts[id])
  const shown = views.filter((id) => id !== 'open' || audit.state === 'review')
  const button = (of: Step, action: Parameters<typeof ActionButton>[0]['action'], variant?: 'default') => (
    <ActionButton
      action={action}
      refusals={{ [action.name.split('.')[1] ?? '']: audit.refusals[of] ?? null }}
      {...(variant === undefined ? {} : { variant })}
      onClick={() => take(of)}
    >
      {t(`audit.${of}`)}
    </ActionButton>
  )
  return (
    <Page
      title={audit.name}
      crumbs={[auditsCrumb()]}
      figure={stateWords(audit)}
      shape={view === 'about' ? 'read' : 'fill'}
      actions={
        <>
          {mayScan && audit.state === 'running' && refusalNamed(audit.refusals, 'scan') === null && (
            <Button component={Link} to={paths.auditScan(audit.id)}>
              {t('audit.scan')}
            </Button>
          )}
          {audit.state === 'planned' && button('start', assetAudits.start)}
          {audit.state === 'running' && button('end', assetAudits.endScanning, 'default')}
          {audit.state === 'review' && button('close', assetAudits.close)}
          {audit.refusals['cancel'] === null && button('cancel', assetAudits.cancel, 'default')}
          {audit.refusals['edit'] === null && (
            <ActionButton
              action={assetAudits.edit}
              refusals={audit.refusals}
              variant="default"
              onClick={() => edit(true)}
            >
              {t('edit')}
            </ActionButton>
          )}
        </>
      }
      tabs={
        <ViewTabs
          label={t('audit.title')}
          current={view}
          tabs={shown.map((id) => ({ id, title: t(`audit.tab.${id}`), search: { view: id }, ...countOf(id) }))}
        />
      }
    >
      {view === 'about' ? (
        <AuditAbout audit={audit} />
      ) : view === 'scans' ? (
        <AuditScans audit={audit} />
      ) : (
        <AuditRows key={view} audit={audit} view={view} />
      )}
      {editing && <AuditForm audit={audit} onClose={() => edit(false)} />}
      {step !== null && <AuditSteps audit={audit} step={step} onClose={() => take(null)} />}
    </Page>
  )
}
