using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Loa.Contracts.Notices;
using Loa.Notices.Delivery;

namespace Loa.Notices.Phones;

/// <summary>
/// Short sentences to a telephone, by whatever sends them: a signed POST for each (docs/protocols/notices.md). They cost money and
/// pass through other hands, so they carry only what waits for somebody, and not what it is.
/// </summary>
sealed class PhoneWay(PhoneGatewayOptions gateway, IHttpClientFactory clients, TimeProvider clock) : IWay
{
    /// <summary>The name of its client: it follows no redirection and waits no longer than it should.</summary>
    public const string Client = "notices.gateways";

    public const string SignatureHeader = "Loa-Signature";

    public string Name => gateway.Name;

    public bool IsOffered => true;

    public bool Carries(NoticeKind kind) => kind.MustAct;

    public bool Reaches(NoticeChoice choice) => choice.Phone is not null;

    public async IAsyncEnumerable<SendOutcome> Send(
        IReadOnlyList<NoticeLetter> letters,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var client = clients.CreateClient(Client);
        foreach (var letter in letters)
            yield return await Send(client, letter, cancel);
    }

    async Task<SendOutcome> Send(HttpClient client, NoticeLetter letter, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Sentence(
                $"{letter.Notices[^1].Key:N}.{letter.Notices.Count}.{letter.To.OfficerId:N}",
                letter.To.Phone!,
                ShortText.In(letter.To, () => ShortText.Of(letter)),
                letter.Notices.Any(n => n.Urgent)
            ),
            JsonSerializerOptions.Web
        );
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, $"t={at},v1={Signature(at, body)}");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return answer.StatusCode switch
        {
            < HttpStatusCode.MultipleChoices => SendOutcome.Done,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout =>
                SendOutcome.Later($"{(int)answer.StatusCode}"),
            _ => SendOutcome.Never($"{(int)answer.StatusCode}"),
        };
    }

    string Signature(string at, byte[] body) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(gateway.Secret),
                (byte[])[.. Encoding.ASCII.GetBytes(at + "."), .. body]
            )
        );

    /// <param name="Id">The same when it is sent again after a failure: the gateway says it once.</param>
    sealed record Sentence(string Id, string To, string Text, bool Urgent);
}
