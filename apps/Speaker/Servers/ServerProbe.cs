using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Servers;

/// <summary>Asks a server who it is and where speakers reach it.</summary>
sealed class ServerProbe(HttpClient http, Guard guard, TimeProvider clock)
{
    const int MostBytes = 64 * 1024;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <returns>Null when it does not answer; the address is its own word, and the root only tells whether it is worth a try.</returns>
    public async Task<(ServerNote Server, bool SameRoot)?> Ask(Uri server, CancellationToken cancel)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/air/server"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var bytes = new byte[MostBytes];
            var length = await body.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, either.Token);
            if (!ServerMessage.TryRead(bytes.AsSpan(0, length), out var card))
                return null;
            guard.Follow(card.Roots ?? []);
            var same = PublicKey.TryFrom(card.Root, out var key) && key.KeyId == guard.Root.KeyId;
            var way = MqttWay.Of(card.Mqtt, card.Mqtts, card.Ca);
            return (new ServerNote(server, card.Server, way.Address, Authority: way.Authority), same);
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
