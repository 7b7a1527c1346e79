import { Group } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Device, devices } from '../../contract/devices.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { DeviceSupport } from '../ui/DeviceSupport.tsx'
import { DifferenceLines } from '../ui/DifferenceLines.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { RegisterDialog } from './RegisterDialog.tsx'
import { SeenBy } from './SeenBy.tsx'
import { discoveryCrumb } from './tabs.tsx'
import { AssetLink, kindWord, modelOf, stateWord } from './words.tsx'

/** One device as its agents see it, and what shall become of it. */
export default function DevicePage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(devices.show, { id })
  return (
    <Page
      title={asked.data?.name || t('device.title')}
      crumbs={[discoveryCrumb()]}
      shape="read"
      figure={asked.data === undefined ? undefined : stateWord(asked.data.state)}
      actions={asked.data === undefined ? undefined : <Acts device={asked.data} />}
    >
      <Asked question={asked}>
        {(device) => (
          <div>
            <Section title={t('device.record')}>
              <Facts
                entries={[
                  [t('devices.kind'), kindWord(device.kind)],
                  [t('devices.model'), modelOf(device)],
                  [t('devices.serial'), device.serial],
                  [t('devices.os'), device.os],
                  [t('devices.address'), device.address],
                  [t('devices.asset'), device.asset === null ? null : <AssetLink key="asset" asset={device.asset} />],
                  [t('devices.firstSeen'), <Moment key="first" at={device.firstSeenAt} />],
                  [
                    t('devices.lastSeen'),
                    device.lastSeenAt === null ? null : <Moment key="last" at={device.lastSeenAt} />,
                  ],
                ]}
              />
              {device.doubts > 0 && (
                <p>
                  <Link to={paths.devicePairs}>{t('device.doubts')}</Link>
                </p>
              )}
            </Section>
            <DeviceSupport device={device.id} />
            <DifferenceLines of={{ device: device.id }} />
            <SeenBy seen={device.seen} />
          </div>
        )}
      </Asked>
    </Page>
  )
}

function Acts({ device }: { device: Device }) {
  const [open, setOpen] = useState<'register' | 'link' | null>(null)
  const navigate = useNavigate()
  const ignore = useAct(devices.ignore, { onDone: () => tellDone(t('device.ignored')) })
  const wait = useAct(devices.wait, { onDone: () => tellDone(t('device.waits')) })
  const { id, version, refusals } = device
  if (device.state === 'linked' || device.state === 'ignored')
    return (
      <ActionButton
        action={devices.wait}
        refusals={refusals}
        variant="default"
        onClick={() => wait.mutate({ id, version }, { onError: tellFailed })}
      >
        {t(device.state === 'linked' ? 'device.unlink' : 'device.wait')}
      </ActionButton>
    )
  return (
    <Group gap="xs">
      <ActionButton
        action={devices.ignore}
        refusals={refusals}
        variant="default"
        onClick={() => ignore.mutate({ id, version }, { onError: tellFailed })}
      >
        {t('device.ignore')}
      </ActionButton>
      <ActionButton action={devices.link} refusals={refusals} variant="default" onClick={() => setOpen('link')}>
        {t('device.link')}
      </ActionButton>
      <ActionButton
        action={devices.register}
        refusals={{ register: refusals['link'] ?? null }}
        onClick={() => setOpen('register')}
      >
        {t('device.register')}
      </ActionButton>
      {open === 'link' && <LinkDialog device={device} onClose={() => setOpen(null)} />}
      {open === 'register' && (
        <RegisterDialog
          device={device}
          onClose={() => setOpen(null)}
          onDone={(tag) => void navigate({ to: paths.asset(tag) })}
        />
      )}
    </Group>
  )
}
