using System.Buffers.Text;
using System.Text;

namespace Loa.Jose;

public sealed class JwsTests
{
    const int Limit = 16 * 1024;

    static readonly SigningKey key = SigningKey.Create();

    [Fact]
    public void What_was_signed_is_read_back_and_verified()
    {
        var compact = Jws.Sign(key, "loa-test", "{\"v\":1}"u8);

        Assert.True(Jws.TryRead(compact, Limit, out var document, out var error));
        Assert.Equal(JwsError.None, error);
        Assert.Equal("loa-test", document.Type);
        Assert.Equal(key.KeyId, document.KeyId);
        Assert.Equal("{\"v\":1}", Encoding.UTF8.GetString(document.Payload));
        Assert.True(document.TryVerify(key.Public));
        Assert.Equal(Jws.Digest(compact), document.Digest);
    }

    [Fact]
    public void The_header_is_the_only_one_there_is()
    {
        var header = Jws.Draft("loa-test", key.KeyId, "{}"u8).Split('.')[0];

        Assert.Equal($$"""{"alg":"ES256","typ":"loa-test","kid":"{{key.KeyId}}"}""", Decode(header));
    }

    [Fact]
    public void A_signature_made_elsewhere_completes_a_draft()
    {
        var draft = Jws.Draft("loa-test", key.KeyId, "{}"u8);

        var compact = Jws.Complete(draft, key.Sign(Encoding.ASCII.GetBytes(draft)));

        Assert.True(Jws.TryRead(compact, Limit, out var document, out _));
        Assert.True(document.TryVerify(key.Public));
        Assert.Throws<ArgumentException>(() => Jws.Complete(draft, new byte[63]));
    }

    [Fact]
    public void Another_key_verifies_nothing()
    {
        Assert.True(Jws.TryRead(Jws.Sign(key, "loa-test", "{}"u8), Limit, out var document, out _));

        Assert.False(document.TryVerify(SigningKey.Create().Public));
    }

    [Fact]
    public void A_key_that_signs_in_anothers_name_verifies_for_neither()
    {
        var thief = SigningKey.Create();
        var draft = Jws.Draft("loa-test", key.KeyId, "{}"u8);
        var compact = Jws.Complete(draft, thief.Sign(Encoding.ASCII.GetBytes(draft)));

        Assert.True(Jws.TryRead(compact, Limit, out var document, out _));
        Assert.False(document.TryVerify(key.Public));
        Assert.False(document.TryVerify(thief.Public));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"loa-test","kid":"KID"}""", JwsError.Algorithm)]
    [InlineData("""{"alg":"HS256","typ":"loa-test","kid":"KID"}""", JwsError.Algorithm)]
    [InlineData("""{"alg":"ES256K","typ":"loa-test","kid":"KID"}""", JwsError.Algorithm)]
    [InlineData("""{"alg":"es256","typ":"loa-test","kid":"KID"}""", JwsError.Algorithm)]
    [InlineData("""{"alg":"ES256"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"loa-test"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test","kid":"KID","crit":["exp"]}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test","kid":"KID","jwk":{}}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"loa-test","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test","kid":"KID","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256", "typ":"loa-test","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa\u002dtest","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"LOA-TEST","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"","kid":"KID"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test","kid":"short"}""", JwsError.Malformed)]
    [InlineData("""{"alg":"ES256","typ":"loa-test","kid":"KID"} """, JwsError.Malformed)]
    [InlineData("""["alg","ES256"]""", JwsError.Malformed)]
    public void Any_other_header_is_refused_though_its_signature_be_good(string header, JwsError expected)
    {
        var draft = $"{Encode(header.Replace("KID", key.KeyId))}.{Encode("{}")}";
        var compact = Jws.Complete(draft, key.Sign(Encoding.ASCII.GetBytes(draft)));

        Assert.False(Jws.TryRead(compact, Limit, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData(null)]
    public void What_is_not_three_parts_is_refused(string? text)
    {
        Assert.False(Jws.TryRead(text, Limit, out _, out var error));
        Assert.Equal(JwsError.Malformed, error);
    }

    [Fact]
    public void A_text_longer_than_allowed_is_not_even_looked_at()
    {
        var compact = Jws.Sign(key, "loa-test", new byte[1000]);

        Assert.False(Jws.TryRead(compact, compact.Length - 1, out _, out var error));
        Assert.Equal(JwsError.Size, error);
        Assert.True(Jws.TryRead(compact, compact.Length, out _, out _));
    }

    [Fact]
    public void A_second_spelling_of_the_same_bytes_is_refused()
    {
        // One payload byte leaves four unused bits, 64 signature bytes leave four as well.
        var parts = Jws.Sign(key, "loa-test", "1"u8).Split('.');
        var spelledOtherwise = new[]
        {
            $"{parts[0]}.{NextLetter(parts[1])}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{NextLetter(parts[2])}",
            $"{parts[0]}.{parts[1]}==.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}==",
            $"{parts[0]}. {parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}\n",
            $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}",
            $"{parts[0]}..{parts[2]}",
        };

        foreach (var text in spelledOtherwise)
        {
            Assert.False(Jws.TryRead(text, Limit, out _, out var error), text);
            Assert.Equal(JwsError.Malformed, error);
        }
    }

    [Fact]
    public void Signatures_outside_the_group_are_refused_without_an_exception()
    {
        var draft = Jws.Draft("loa-test", key.KeyId, "{}"u8);
        var order = Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        var good = key.Sign(Encoding.ASCII.GetBytes(draft));
        byte[][] wrong =
        [
            new byte[64],
            [.. Enumerable.Repeat((byte)255, 64)],
            [.. order, .. order],
            [.. good[..32], .. new byte[32]],
            [.. new byte[32], .. good[32..]],
            [.. order, .. good[32..]],
            [.. good[..32], .. order],
        ];

        foreach (var signature in wrong)
        {
            Assert.True(Jws.TryRead(Jws.Complete(draft, signature), Limit, out var document, out _));
            Assert.False(document.TryVerify(key.Public));
        }
    }

    [Fact]
    public void Of_two_signatures_that_verify_only_the_lower_is_taken_and_made()
    {
        for (var i = 0; i < 64; i++)
        {
            var compact = Jws.Sign(key, "loa-test", Encoding.ASCII.GetBytes($"{i}"));
            var twin = Jws.Twin(compact);

            Assert.True(Jws.TryRead(compact, Limit, out var low, out _));
            Assert.True(Jws.TryRead(twin, Limit, out var high, out _));
            Assert.NotEqual(low.Digest, high.Digest);
            Assert.True(low.TryVerify(key.Public), compact);
            Assert.False(high.TryVerify(key.Public), twin);
            Assert.True(high.TryVerifyEither(key.Public), twin);
            Assert.Equal((compact, compact), (Jws.Low(compact), Jws.Low(twin)));
            Assert.True(Jws.IsNamed(compact, high.Digest) && Jws.IsNamed(twin, low.Digest));
            Assert.False(Jws.IsNamed(compact, Jws.Digest(compact + " ")));
        }
    }

    [Theory]
    [InlineData("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", true)]
    [InlineData("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", false)]
    public void The_border_between_low_and_high_is_half_the_order(string s, bool isLow)
    {
        byte[] signature = [.. key.Sign("x"u8).AsSpan(0, 32), .. Convert.FromHexString(s)];
        var compact = Jws.Complete(Jws.Draft("loa-test", key.KeyId, "{}"u8), signature);

        Assert.Equal(isLow, Jws.Low(compact) == compact);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("no text of ours")]
    public void What_has_no_signature_comes_back_as_it_is(string text)
    {
        Assert.Equal((text, text), (Jws.Low(text), Jws.Twin(text)));
    }

    [Fact]
    public async Task One_key_serves_many_threads()
    {
        Assert.True(Jws.TryRead(Jws.Sign(key, "loa-test", "{}"u8), Limit, out var document, out _));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => Enumerable.Range(0, 200).All(_ => document.TryVerify(key.Public))))
        );

        Assert.All(answers, Assert.True);
    }

    static string NextLetter(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return text[..^1] + alphabet[alphabet.IndexOf(text[^1], StringComparison.Ordinal) + 1];
    }

    static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static string Decode(string text) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
}
