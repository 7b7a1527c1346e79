// Before the first paint: the theme chosen last, so that a dark room stays dark while the page loads.
try {
  const chosen = localStorage.getItem('linchpin-theme') || 'auto'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
} catch {
  // storage refused: the page starts light
}
