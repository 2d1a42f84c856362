using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Loa.Jose;
using Loa.Playout.Timetables;

namespace Loa.Devices;

/// <summary>Packages as tests make and bring them.</summary>
static class Parcel
{
    static long version = 100;

    /// <summary>All tests of one server share its versions, which only go up.</summary>
    public static long NextVersion() => Interlocked.Increment(ref version);

    public static byte[] Archive(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        return bytes.ToArray();
    }

    /// <summary>Blocks as they are, for what no writer writes.</summary>
    public static byte[] Raw(params byte[][] blocks)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            foreach (var block in blocks)
                zip.Write(block);
            zip.Write(new byte[1024]);
        }
        return bytes.ToArray();
    }

    public static byte[] Header(byte type, long size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes("app/a").CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')).CopyTo(header, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        header[156] = type;
        Encoding.ASCII.GetBytes("ustar\00000").CopyTo(header, 257);
        var sum = header.Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    public static TarEntry File(string name, string text = "1") =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    /// <summary>An archive like no other.</summary>
    public static byte[] Some() => Archive(File("app/speaker.dll", Guid.CreateVersion7().ToString()));

    public static Task<HttpResponseMessage> Bring(
        this HttpClient client,
        byte[] archive,
        string url,
        params (string Name, object Value)[] fields
    ) => client.PostAsync(url, Form(new ByteArrayContent(archive), fields));

    static MultipartFormDataContent Form(HttpContent archive, params (string Name, object Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(FormattableString.Invariant($"{value}")), name);
        archive.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        form.Add(archive, "Archive", "package.tar.gz");
        return form;
    }

    /// <summary>Where a form was led to.</summary>
    public static async Task<Guid> Landed(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    public static Task<HttpResponseMessage> Draft(this HttpClient client, byte[] archive, long version) =>
        client.Draft(new ByteArrayContent(archive), version);

    public static Task<HttpResponseMessage> Draft(
        this HttpClient client,
        HttpContent archive,
        long version,
        CancellationToken cancel = default
    ) =>
        client.PostAsync(
            "/packages",
            Form(archive, ("Kind", "software"), ("Version", version), ("Label", $"1.0.{version}")),
            cancel
        );

    /// <summary>Signs a draft as an officer's browser does.</summary>
    public static async Task<string> Sign(this HttpClient client, Guid package, SigningKey key) =>
        Jws.Sign(
            key,
            "loa-package",
            Encoding.UTF8.GetBytes(await client.GetStringAsync($"/packages/{package}/document"))
        );

    public static Task<HttpResponseMessage> Give(this HttpClient client, Guid package, string signed) =>
        client.PostAsync(
            $"/packages/{package}/sign",
            new StringContent(JsonSerializer.Serialize(new { package = signed }), Encoding.UTF8, "application/json")
        );
}
