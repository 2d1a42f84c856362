using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Enrolling;

/// <summary>The server's two answers to a speaker that nobody has claimed yet.</summary>
sealed class EnrolmentClient(HttpClient http, Settings settings, AirClock clock)
{
    const int MostBytes = 256 * 1024;
    const string Revoked = "enrolment.revoked";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>Introduces the speaker; the answer has the code that a person types in the console.</summary>
    /// <exception cref="KeyTakenBackException">It takes this key no more.</exception>
    /// <exception cref="HttpRequestException">The server is away or does not want to; asked again later.</exception>
    /// <param name="seal">Of a nonce that nobody knows yet.</param>
    public async Task<EnrolmentOpened> Open(SigningKey key, string seal, CancellationToken cancel)
    {
        var enrolment = new Air.Enrolment(
            settings.Serial,
            settings.Model,
            Settings.Firmware,
            settings.Horns,
            key.Public.Jwk,
            clock.GetUtcNow(),
            AirProtocol.Newest,
            seal
        );
        var request = new EnrolmentRequest(enrolment.Sign(key)).ToBytes();
        var (status, body) = await Post("/air/enrolments", request, cancel);
        if (status == HttpStatusCode.Conflict && CodeOf(body) == Revoked)
            throw new KeyTakenBackException();
        return status == HttpStatusCode.Created && EnrolmentOpened.TryRead(body, out var opened)
            ? opened
            : throw new HttpRequestException($"The server answered the enrolment with {(int)status}.", null, status);
    }

    /// <summary>Asks whether somebody has claimed it; null when the code has expired.</summary>
    /// <exception cref="HttpRequestException">The server is away or does not want to; asked again later.</exception>
    public async Task<EnrolmentStatus?> Ask(Guid id, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Server, $"/air/enrolments/{id:d}"));
        var (status, body) = await Send(request, cancel);
        if (status == HttpStatusCode.NotFound)
            return null;
        return status == HttpStatusCode.OK && EnrolmentStatus.TryRead(body, out var answer)
            ? answer
            : throw new HttpRequestException($"The server answered the question with {(int)status}.", null, status);
    }

    /// <summary>Shows the nonce that was sealed; false when the enrolment has expired.</summary>
    /// <exception cref="HttpRequestException">The server is away or does not want to; asked again later.</exception>
    public async Task<bool> Unseal(Guid id, string nonce, CancellationToken cancel)
    {
        var (status, _) = await Post($"/air/enrolments/{id:d}", new EnrolmentOpening(nonce).ToBytes(), cancel);
        return status switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw new HttpRequestException($"The server answered the nonce with {(int)status}.", null, status),
        };
    }

    static string? CodeOf(byte[] problem)
    {
        try
        {
            using var read = JsonDocument.Parse(problem);
            var hasCode = read.RootElement.ValueKind == JsonValueKind.Object;
            return
                hasCode
                && read.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                ? code.GetString()
                : null;
        }
        // A text that is half a character is told by the latter.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    async Task<(HttpStatusCode, byte[])> Post(string path, byte[] message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Server, path));
        request.Content = new ByteArrayContent(message);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return await Send(request, cancel);
    }

    async Task<(HttpStatusCode, byte[])> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough.Token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            // A machine without a clock could judge no delegation; the signed time comes with the connection.
            if (response.Headers.Date is { } date)
                clock.Suggest(date);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                throw new ServerBusyException(response.Headers.RetryAfter?.Delta);
            using var body = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[4096];
            for (int read; (read = await stream.ReadAsync(buffer, either.Token)) > 0; )
            {
                if (body.Length + read > MostBytes)
                    throw new HttpRequestException("The server's answer is too long.");
                body.Write(buffer, 0, read);
            }
            return (response.StatusCode, body.ToArray());
        }
        catch (OperationCanceledException silent) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException("The server does not answer.", silent);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException("The server hung up.", broken);
        }
    }
}
