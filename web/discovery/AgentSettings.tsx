import { Button, CopyButton } from '@mantine/core'
import { t } from '../platform/i18n.ts'
import classes from './Seen.module.css'

const realm = 'Linchpin agents'

/** Settings of each agent, ready to paste. OCS holds name and password in base64, and must know the realm. */
const settingsFor = (
  address: string,
  key: string,
): readonly (readonly [name: string, file: string, text: string])[] => [
  [
    'GLPI Agent',
    '/etc/glpi-agent/conf.d/linchpin.cfg',
    `server = ${address}/inventory\nuser = agent\npassword = ${key}\n`,
  ],
  [
    'FusionInventory Agent',
    '/etc/fusioninventory/conf.d/linchpin.cfg',
    `server = ${address}/plugins/fusioninventory/\nuser = agent\npassword = ${key}\n`,
  ],
  [
    'OCS Inventory Agent',
    '/etc/ocsinventory/ocsinventory-agent.cfg',
    `server=${address}/ocsinventory\nrealm=${realm}\nuser=${btoa('agent')}\npassword=${btoa(key)}\n`,
  ],
]

export function AgentSettings({ agentKey }: { agentKey: string }) {
  return (
    <div>
      {settingsFor(window.location.origin, agentKey).map(([name, file, text]) => (
        <div key={name}>
          <div style={{ display: 'flex', alignItems: 'baseline', gap: 8, marginTop: 14 }}>
            <b style={{ fontWeight: 500 }}>{name}</b> <code className="soft">{file}</code>
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy} ms="auto">
                  {copied ? t('state.copied') : t('keys.copy')}
                  <span className="unseen"> {name}</span>
                </Button>
              )}
            </CopyButton>
          </div>
          <pre className={classes['settings']} tabIndex={0}>
            {text}
          </pre>
        </div>
      ))}
    </div>
  )
}
