// The Bluesky reference network for the tests: identities (PLC), data server (PDS), app view.
//
// Ports are free ones. Prints one JSON line with the addresses when it is up, and stops when its
// standard input closes, so that it never outlives the test run that started it.
//
//   DB_POSTGRES_URL, REDIS_HOST: the servers it may use
//   CHAT_URL: where a service for direct messages answers (none belongs to the reference network)

const { TestNetwork } = require("@atproto/dev-env");
const { Secp256k1Keypair } = require("@atproto/crypto");

async function registerChat(network, endpoint) {
  const key = await Secp256k1Keypair.create();
  const plc = network.plc.getClient();
  const did = await plc.createDid({
    signingKey: key.did(),
    rotationKeys: [key.did()],
    handle: "chat.test",
    pds: endpoint,
    signer: key,
  });
  await plc.updateData(did, key, (data) => {
    data.services.bsky_chat = { type: "BskyChatService", endpoint };
    return data;
  });
  return `${did}#bsky_chat`;
}

async function main() {
  const network = await TestNetwork.create({
    pds: { hostname: "localhost", rateLimitsEnabled: true },
    bsky: { dbPostgresSchema: "bsky" },
    ozone: { dbPostgresSchema: "ozone" },
  });
  const chat = process.env.CHAT_URL ? await registerChat(network, process.env.CHAT_URL) : "";

  let closing = false;
  const stop = async () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), 5000).unref(); // a stuck close must not keep the tests
    await network.close();
    process.exit(0);
  };
  process.stdin.on("end", stop).on("error", stop).resume();
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  console.log(JSON.stringify({ pds: network.pds.url, appview: network.bsky.url, plc: network.plc.url, chat }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
