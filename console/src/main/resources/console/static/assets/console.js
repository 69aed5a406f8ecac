// What the page does besides htmx: it says whether it is live, moves between machines by arrow keys, and opens and closes the panel.
(function () {
  'use strict'

  // ---- live or not ----
  function connection(css, text) {
    const element = document.getElementById('connection')
    if (element && element.textContent !== text) {
      element.className = 'connection ' + css
      element.textContent = text
    }
  }
  document.addEventListener('htmx:sseOpen', () => connection('live', 'live'))
  document.addEventListener('htmx:sseError', () => {
    connection('broken', 'not connected, trying again')
    // A token that expired is the one reason for which trying again does not help.
    fetch('/session', { cache: 'no-store' })
      .then(answer => { if (answer.status === 401) window.location.assign('/login') })
      .catch(() => {})
  })

  // ---- one tab stop in the grid, arrow keys inside it ----
  let current = null // the name of the machine that holds the tab stop

  function cells() {
    return Array.from(document.querySelectorAll('.cell'))
  }

  function placeTabStop() {
    const all = cells()
    const stop = (current && document.getElementById(current)) || all[0]
    const selected = selectedCell()
    for (const cell of all) {
      cell.tabIndex = cell === stop ? 0 : -1
      cell.classList.toggle('selected', cell.id === selected)
    }
  }

  function selectedCell() {
    const match = /^\/machines\/([^/]+)/.exec(window.location.pathname)
    return match ? 'm-' + decodeURIComponent(match[1]) : null
  }

  function focusCell(cell) {
    if (!cell) return
    current = cell.id
    placeTabStop()
    cell.focus()
  }

  function neighbour(cell, key) {
    const all = cells()
    const at = all.indexOf(cell)
    switch (key) {
      case 'ArrowRight': return all[at + 1]
      case 'ArrowLeft': return all[at - 1]
      case 'Home': return all[0]
      case 'End': return all[all.length - 1]
      default: return nextRow(all, cell, key === 'ArrowDown' ? 1 : -1)
    }
  }

  /** The cell nearest in x of the nearest row above or below. */
  function nextRow(all, cell, direction) {
    const from = cell.getBoundingClientRect()
    let best = null
    let bestDistance = Infinity
    for (const other of all) {
      const to = other.getBoundingClientRect()
      const down = (to.top - from.top) * direction
      if (down < from.height / 2) continue
      const distance = down * 1000 + Math.abs(to.left - from.left)
      if (distance < bestDistance) {
        best = other
        bestDistance = distance
      }
    }
    return best
  }

  document.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape' && document.querySelector('#panel [data-close]')) {
      event.preventDefault()
      closePanel()
      return
    }
    const cell = event.target.closest && event.target.closest('.cell')
    if (cell && ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) {
      event.preventDefault()
      focusCell(neighbour(cell, event.key))
    }
  })
  document.addEventListener('focusin', event => {
    if (event.target.classList.contains('cell') && current !== event.target.id) {
      current = event.target.id
      placeTabStop()
    }
  })

  // ---- the panel ----
  function closePanel() {
    const link = document.querySelector('#panel [data-close]')
    if (!link) return
    const back = link.getAttribute('data-back')
    history.pushState(null, '', link.getAttribute('href'))
    document.getElementById('panel').replaceChildren()
    placeTabStop()
    const origin = back && document.getElementById(back)
    if (origin) origin.focus()
  }
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('#panel [data-close]')
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      closePanel()
    }
  })
  function beginAtPanel() {
    const title = document.getElementById('panel-title')
    if (title) title.focus()
  }
  // What was unfolded stays so when its panel is written anew.
  const unfolded = new Set()
  document.addEventListener('toggle', event => {
    if (!event.target.id) return
    if (event.target.open) unfolded.add(event.target.id)
    else unfolded.delete(event.target.id)
  }, true)
  document.addEventListener('htmx:afterSwap', event => {
    if (event.target.id === 'panel') unfolded.clear()
    for (const id of unfolded) {
      const element = document.getElementById(id)
      if (element) element.open = true
    }
  })
  document.addEventListener('htmx:afterSettle', event => {
    if (event.target.id === 'panel') beginAtPanel()
    placeTabStop()
  })
  let placing = false
  document.addEventListener('htmx:oobAfterSwap', () => {
    if (placing) return
    placing = true
    window.requestAnimationFrame(() => {
      placing = false
      placeTabStop()
    })
  })
  document.addEventListener('htmx:pushedIntoHistory', placeTabStop)
  window.addEventListener('popstate', () => window.location.reload())
  // A cell that was replaced just now is a plain link for a moment: it opens the panel with a whole page, which begins there too.
  document.addEventListener('DOMContentLoaded', () => {
    placeTabStop()
    beginAtPanel()
  })
})()
