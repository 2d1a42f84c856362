using System.Buffers.Text;
using System.Text;
using Loa.Jose;

namespace Loa.Air;

/// <summary>Makes forgeries of one good document: bits turned, parts exchanged, text cut, or well signed and still wrong.</summary>
sealed class Forger(Random random, ForgeryTarget target)
{
    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \n\0é";

    readonly string[] good = target.Good.Split('.');

    public string Next()
    {
        while (true)
        {
            var forged = random.Next(11) switch
            {
                0 or 1 or 2 => TurnBits(),
                3 => TurnLetter(),
                4 => CutOrStretch(),
                5 => ExchangeParts(),
                6 => ChangePayload(),
                7 => Jws.Twin(target.Good),
                _ => target.WellSignedButWrong[random.Next(target.WellSignedButWrong.Count)](random),
            };
            if (forged != target.Good)
                return forged;
        }
    }

    string TurnBits()
    {
        var parts = (string[])good.Clone();
        var part = random.Next(3);
        var bytes = Base64Url.DecodeFromChars(parts[part]);
        for (var turns = random.Next(1, 4); turns > 0; turns--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        parts[part] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    string TurnLetter()
    {
        var letters = target.Good.ToCharArray();
        letters[random.Next(letters.Length)] = Letters[random.Next(Letters.Length)];
        return new string(letters);
    }

    string CutOrStretch()
    {
        var at = random.Next(target.Good.Length);
        return random.Next(4) switch
        {
            0 => target.Good[..at],
            1 => target.Good[at..],
            2 => target.Good.Insert(at, Letters[random.Next(Letters.Length)].ToString()),
            _ => target.Good.Remove(at, Math.Min(random.Next(1, 5), target.Good.Length - at)),
        };
    }

    string ExchangeParts()
    {
        var parts = (string[])good.Clone();
        var other = target.Others[random.Next(target.Others.Count)].Split('.');
        var part = random.Next(3);
        parts[part] = other[part];
        return string.Join('.', parts);
    }

    string ChangePayload()
    {
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(good[1])).ToCharArray();
        var digits = Enumerable.Range(0, payload.Length).Where(i => char.IsAsciiDigit(payload[i])).ToArray();
        var at = digits[random.Next(digits.Length)];
        payload[at] = (char)('0' + ((payload[at] - '0' + random.Next(1, 10)) % 10));
        return $"{good[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{good[2]}";
    }
}
