using System.Net.Sockets;
using System.Text;

namespace Loa.Devices;

/// <summary>A client of MQTT 3.1.1 that says CONNECT byte by byte and then nothing more, as another vendor's might.</summary>
sealed class RawClient : IDisposable
{
    readonly TcpClient tcp = new();

    /// <summary>The return code of CONNACK; −1 when the server hung up without one.</summary>
    public async Task<int> Connect(string address, string id, string? user, string? password, ushort keepAlive)
    {
        var colon = address.LastIndexOf(':');
        await tcp.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..]));
        var flags = (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40) | 0x02;
        byte[] body =
        [
            .. Text("MQTT"),
            4,
            (byte)flags,
            (byte)(keepAlive >> 8),
            (byte)keepAlive,
            .. Text(id),
            .. user is null ? [] : Text(user),
            .. password is null ? [] : Text(password),
        ];
        byte[] length =
            body.Length < 128 ? [(byte)body.Length] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7)];
        var stream = tcp.GetStream();
        await stream.WriteAsync((byte[])[0x10, .. length, .. body]);
        var answer = new byte[4];
        for (var read = 0; read < answer.Length; )
        {
            var count = await stream.ReadAsync(answer.AsMemory(read));
            if (count == 0)
                return -1;
            read += count;
        }
        return answer[3];
    }

    /// <summary>Completes when the server has hung up.</summary>
    public async Task Ended()
    {
        var buffer = new byte[256];
        while (await tcp.GetStream().ReadAsync(buffer) > 0) { }
    }

    public void Dispose() => tcp.Dispose();

    static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
