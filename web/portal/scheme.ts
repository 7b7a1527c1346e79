/** Light or dark as chosen last, else as the device has it, also when that changes. */
export function followScheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const set = (): void => {
    let chosen = 'auto'
    try {
      chosen = localStorage.getItem('linchpin-theme') ?? 'auto'
    } catch {
      // storage refused: the device decides
    }
    const isDark = chosen === 'dark' || (chosen !== 'light' && dark.matches)
    document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
  }
  dark.addEventListener('change', set)
  set()
}
