"""A client as its authors ship it (Debian's python3-socketio): follows, prints a line of JSON for each event, forever."""
import json
import sys
import threading

import socketio

url, since = sys.argv[1], json.loads(sys.argv[2])
client = socketio.Client(reconnection=False)
one_at_a_time = threading.Lock()


def say(name, payload):
    # Each event is handled in a thread of its own: unguarded, two lines run into each other.
    with one_at_a_time:
        print(json.dumps([name, payload]), flush=True)


for name in ('snapshot', 'changes', 'positions', 'pulse'):
    client.on(name, lambda payload, name=name: say(name, payload), namespace='/live')


@client.event(namespace='/live')
def connect():
    request = {'layers': ['cases', 'officers']}
    if since:
        request['since'] = since
    client.emit('follow', request, namespace='/live', callback=lambda answer: say('answer', answer))


client.connect(url, namespaces=['/live'], transports=['websocket'])
client.wait()
