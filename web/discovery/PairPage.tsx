import { Group } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import type { Answer } from '../../contract/action.ts'
import { type Device, devicePairs } from '../../contract/devices.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import classes from './Seen.module.css'
import { SeenBy } from './SeenBy.tsx'
import { discoveryCrumb } from './tabs.tsx'
import { AssetLink, kindWord, modelOf, reasonWord, stateWord } from './words.tsx'

type Pair = Answer<typeof devicePairs.show>

/** Two devices side by side: same or not, and the way back. */
export default function PairPage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(devicePairs.show, { id })
  return (
    <Page
      title={t('pair.title')}
      crumbs={[discoveryCrumb(), { title: t('pairs.title'), to: paths.devicePairs }]}
      figure={asked.data === undefined ? undefined : t(`pairs.state.${asked.data.state}`)}
      actions={asked.data === undefined ? undefined : <Decide pair={asked.data} />}
    >
      <Asked question={asked}>{(pair) => <Sides pair={pair} />}</Asked>
    </Page>
  )
}

function Decide({ pair }: { pair: Pair }) {
  const decide = useAct(devicePairs.decide, { onDone: () => tellDone(t('pair.done')) })
  const undo = useAct(devicePairs.undo, { onDone: () => tellDone(t('pair.undone')) })
  const { id, refusals } = pair
  if (pair.state !== 'open')
    return (
      <ActionButton
        action={devicePairs.undo}
        refusals={refusals}
        variant="default"
        loading={undo.isPending}
        onClick={() => undo.mutate({ id }, { onError: tellFailed })}
      >
        {t('pair.undo')}
      </ActionButton>
    )
  return (
    <Group gap="xs">
      {([false, true] as const).map((same) => (
        <ActionButton
          key={String(same)}
          action={devicePairs.decide}
          refusals={refusals}
          {...(same ? {} : { variant: 'default' as const })}
          loading={decide.isPending && decide.variables.same === same}
          onClick={() => decide.mutate({ id, same }, { onError: tellFailed })}
        >
          {t(same ? 'pair.same' : 'pair.different')}
        </ActionButton>
      ))}
    </Group>
  )
}

const compared: readonly (readonly [string, (device: Device) => string])[] = [
  ['devices.name', (d) => d.name],
  ['devices.kind', (d) => kindWord(d.kind)],
  ['devices.model', modelOf],
  ['devices.serial', (d) => d.serial ?? ''],
  ['devices.os', (d) => d.os ?? ''],
  ['devices.address', (d) => d.address ?? ''],
  ['devices.state', (d) => stateWord(d.state)],
]

function Sides({ pair }: { pair: Pair }) {
  const { one, other } = pair
  return (
    <div className={classes['pair']}>
      <p>{t('pair.reasons', { reasons: pair.reasons.map(reasonWord).join(', ') })}</p>
      {pair.decidedAt !== null && (
        <p className="soft">
          {t(`pairs.state.${pair.state}`)} · {pair.decidedBy} · <Moment at={pair.decidedAt} as="nearby" />
        </p>
      )}
      <div className={classes['scroller']} tabIndex={0} role="group" aria-label={t('pair.title')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <td />
              {[one, other].map((device) => (
                <th key={device.id} scope="col">
                  <Link to={paths.device(device.id)}>{device.name === '' ? t('devices.nameless') : device.name}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compared.map(([key, of]) => (
              <tr key={key} {...(of(one) === of(other) ? {} : { className: classes['differs'] })}>
                <th scope="row">{t(key as 'devices.name')}</th>
                <td>{of(one)}</td>
                <td>{of(other)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('devices.asset')}</th>
              {[one, other].map((device) => (
                <td key={device.id}>
                  <AssetLink asset={device.asset} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('devices.lastSeen')}</th>
              {[one, other].map((device) => (
                <td key={device.id}>{device.lastSeenAt === null ? '' : <Moment at={device.lastSeenAt} />}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <div className={classes['sides']}>
        {([one, other] as const).map((device, at) => (
          <section key={device.id} aria-label={device.name === '' ? t('devices.nameless') : device.name}>
            <SeenBy seen={at === 0 ? pair.seenOfOne : pair.seenOfOther} />
          </section>
        ))}
      </div>
    </div>
  )
}
