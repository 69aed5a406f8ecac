// Logs in with the token of a link, /login#token=..., and takes it out of the address.
(function () {
  'use strict'

  function enter() {
    const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
    if (token) {
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
      document.getElementById('token').value = token
      document.getElementById('login').submit()
    }
  }

  window.addEventListener('hashchange', enter)
  enter()
})()
