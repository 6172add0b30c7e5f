import { createHash } from "node:crypto"
import Fastify from "fastify"
import { config } from "./config.mjs"

const app = Fastify()

app.get("/checkPushMsg", async (request, reply) => {
  const { signature, timestamp, nonce, echostr } = request.query
  const text = [config.token, timestamp, nonce].toSorted().join("")
  const digest = createHash("sha1").update(text, "utf8").digest("hex")
  if (digest !== signature) {
    request.log.warn("not from WeChat")
    return reply.code(403).send("forbidden")
  }
  return reply.type("text/plain").send(echostr)
})

await app.listen({ port: 3000 })
