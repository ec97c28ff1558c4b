/** The entry of unit tests in workerd: tests call the code itself. */
export default { fetch: () => new Response('tests') };
