export async function POST(request) {
  return new Response(await request.arrayBuffer());
}

export function GET() {
  return new Response('');
}
