import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { stock } from '../../contract/stock.ts'
import { moneyWords } from './words.tsx'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ClockChip } from '../ui/ClockChip.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { StockForm } from './StockForm.tsx'

const crumbs = () => [{ title: t('stock.title'), to: paths.stock }]

export default function StockItemPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(stock.show, { id })
  if (asked.data !== undefined) return <StockView item={asked.data} />
  return (
    <Page title={t('stock.item')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function StockView({ item }: { item: Answer<typeof stock.show> }) {
  const [open, setOpen] = useState<'edit' | 'in' | 'out' | null>(null)
  const shut = (): void => setOpen(null)
  const promised = item.commitments.filter((c) => c.phase === 'running' || c.phase === 'paused')
  return (
    <Page
      title={item.name}
      crumbs={crumbs()}
      shape="read"
      figure={t(item.low ? 'stock.figureLow' : 'stock.figure', { n: number(item.quantity) })}
      actions={
        <>
          <ActionButton action={stock.move} onClick={() => setOpen('out')}>
            {t('stock.take')}
          </ActionButton>
          <ActionButton action={stock.move} variant="default" onClick={() => setOpen('in')}>
            {t('stock.put')}
          </ActionButton>
          <ActionButton action={stock.edit} variant="default" onClick={() => setOpen('edit')}>
            {t('edit')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('asset.record')}>
          <Facts
            entries={[
              [t('stock.number'), item.number],
              [t('assets.category'), item.category.name],
              [t('assets.manufacturer'), item.manufacturer?.name],
              [t('assets.location'), item.location?.name],
              [t('asset.vendor'), item.vendor?.name],
              [t('stock.minimum'), item.minimum === null ? null : number(item.minimum)],
              [t('stock.cost'), moneyWords(item.cost)],
              [t('asset.note'), item.note],
            ]}
          />
        </Section>
        {promised.length > 0 && (
          <Section title={t('asset.commitments')}>
            <Facts
              entries={promised.map((c) => [
                t('asset.moment.restock'),
                <span key={c.commitment} style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <Link to={paths.commitment(c.commitment)}>{c.title}</Link>
                  <span className="soft">{c.owner.name}</span>
                  <ClockChip face={c} />
                </span>,
              ])}
            />
          </Section>
        )}
      </div>
      {open === 'edit' && <StockForm item={item} onClose={shut} />}
      {(open === 'in' || open === 'out') && <MoveForm id={item.id} out={open === 'out'} onClose={shut} />}
    </Page>
  )
}

/** So many came, or went, and why. */
function MoveForm({ id, out, onClose }: { id: string; out: boolean; onClose: () => void }) {
  const move = useAct(stock.move, { onDone: onClose })
  return (
    <RecordForm
      title={t(out ? 'stock.take' : 'stock.put')}
      verb={t(out ? 'stock.take' : 'stock.put')}
      fields={[
        { name: 'change', label: t('stock.howMany'), type: 'number', required: true },
        { name: 'reason', label: t('asset.reason'), type: 'line', required: true },
      ]}
      start={{ change: 1, reason: '' }}
      busy={move.isPending}
      error={move.error}
      onSubmit={({ change, reason }) =>
        move.mutate({ id, change: (out ? -1 : 1) * Math.abs(Number(change)), reason: String(reason ?? '') })
      }
      onClose={onClose}
    />
  )
}
