using System.Net;
using System.Net.Sockets;

namespace Loa;

/// <summary>
/// A port for a program that starts later, below those that the kernel gives to whoever asks for any: nobody is given it
/// meanwhile by chance.
/// </summary>
static class FreePort
{
    const int First = 20_000;
    const int Count = 12_000;

    // Suites run side by side, so each begins somewhere else.
    static int last = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Any, port);
                probe.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody has it.
            }
        }
    }
}
