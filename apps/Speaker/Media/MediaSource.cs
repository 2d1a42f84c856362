using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Loa.Speaker.Store;

namespace Loa.Speaker.Media;

/// <summary>How a fetch ended.</summary>
enum Fetched
{
    /// <summary>As many bytes as wanted are here; what they are is not looked at yet.</summary>
    Whole,

    /// <summary>The server is away or hung up; what came is kept and the next try goes on from there.</summary>
    Unreachable,

    /// <summary>The server has another number of bytes than was signed.</summary>
    Length,

    /// <summary>Something more pressing is wanted first.</summary>
    Overtaken,
}

/// <summary>Fetches bytes by their digest over HTTP, going on where the last try ended, and never one more than was signed.</summary>
sealed class MediaSource(HttpClient http, Pace pace, TimeProvider clock)
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    public async Task<Fetched> Fetch(
        Uri folder,
        string digest,
        long length,
        IDiskFile part,
        Func<bool> overtaken,
        CancellationToken cancel
    )
    {
        if (part.Length > length)
            part.Truncate(0);
        if (part.Length == length)
            return Fetched.Whole;
        using var enough = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(folder, digest));
            if (part.Length > 0)
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (Prepare(response, length, part) is { } answer)
                return answer;
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await Copy(body, length, part, overtaken, enough, either.Token);
        }
        catch (Exception away) when (away is HttpRequestException or HttpIOException)
        {
            return Fetched.Unreachable;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Fetched.Unreachable;
        }
        finally
        {
            part.Sync();
        }
    }

    static Fetched? Prepare(HttpResponseMessage response, long length, IDiskFile part)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.PartialContent && range?.From == part.Length)
            return range.Length is null || range.Length == length ? null : Fetched.Length;
        // A server in trouble says nothing about what came before; one that does not know our part does.
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.RequestedRangeNotSatisfiable)
            part.Truncate(0);
        if (response.StatusCode != HttpStatusCode.OK)
            return Fetched.Unreachable;
        var whole = response.Content.Headers.ContentLength;
        return whole is null || whole == length ? null : Fetched.Length;
    }

    async Task<Fetched> Copy(
        Stream body,
        long length,
        IDiskFile part,
        Func<bool> overtaken,
        CancellationTokenSource enough,
        CancellationToken cancel
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0; )
            {
                if (part.Length + read > length)
                    return Fetched.Length;
                part.Append(buffer.AsSpan(0, read));
                if (overtaken())
                    return Fetched.Overtaken;
                await pace.Take(read, cancel);
                enough.CancelAfter(patience);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return part.Length == length ? Fetched.Whole : Fetched.Unreachable;
    }
}
